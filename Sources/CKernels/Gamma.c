#include "Gamma.h"

// Declared here: the header hides it from standard C.
double lgamma_r(double x, int *sign);

double adj_log_gamma(double x) {
  int sign;
  return lgamma_r(x, &sign);
}
