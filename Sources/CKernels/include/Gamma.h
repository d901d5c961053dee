// The C library's ln |Γ(x)|, without the sign of Γ that `lgamma` leaves in a variable which threads share.
#pragma once

double adj_log_gamma(double x);
