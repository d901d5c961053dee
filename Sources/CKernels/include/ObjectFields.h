// Entry points of the Swift runtime that `Mirror` stands on, and the allocation of an object of any class: what a deep copy
// needs, and Swift itself does not give. In the runtime since Swift 5.2.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// A stored property: its name, to be released if there is a function for it, and how it is declared.
typedef struct {
  const char *name;
  void (*release)(const char *);
  bool is_strong;
  bool is_variable;
} adj_field;

#if __has_attribute(swiftcall)
#define ADJ_SWIFTCALL __attribute__((swiftcall))
#else
#define ADJ_SWIFTCALL
#endif

extern ADJ_SWIFTCALL intptr_t swift_reflectionMirror_recursiveCount(const void *type);
extern ADJ_SWIFTCALL const void *swift_reflectionMirror_recursiveChildMetadata(
    const void *type, intptr_t index, adj_field *field);
extern ADJ_SWIFTCALL intptr_t swift_reflectionMirror_recursiveChildOffset(const void *type, intptr_t index);
extern void *swift_allocObject(const void *type, size_t size, size_t alignment_mask);

/// The stored properties of a class, those of its superclasses first; the type of one, and where it lies in an object.
static inline intptr_t adj_field_count(const void *type) { return swift_reflectionMirror_recursiveCount(type); }
static inline const void *adj_field_type(const void *type, intptr_t index, adj_field *field) {
  return swift_reflectionMirror_recursiveChildMetadata(type, index, field);
}
static inline intptr_t adj_field_offset(const void *type, intptr_t index) {
  return swift_reflectionMirror_recursiveChildOffset(type, index);
}

/// An object of this class, held once, whose properties are not initialized.
static inline void *adj_new_object(const void *type, size_t size, size_t alignment_mask) {
  return swift_allocObject(type, size, alignment_mask);
}
