/* reference_provider.h -- versions of a provider's model in one future, told as a diary of
 * what came and what was done about it, to hold models/provider.c and models/serving.c
 * against. */
#ifndef ROADCAST_TESTS_REFERENCE_PROVIDER_H
#define ROADCAST_TESTS_REFERENCE_PROVIDER_H

#include <stdbool.h>
#include <stdint.h>

enum { DIARY = 64 };

typedef struct reference_provider {
    double quality; /* at launch; more is better */
    double forced, adopted_from, months;
    double items, agreement, bias, correlate; /* of the test set; items 0: exact */
    const void *self;
    double (*every)(const void *self, uint32_t k);
    double (*shift)(const void *self, uint32_t k);
    double (*price)(const void *self, uint32_t k);
    double (*takes)(const void *self, uint32_t k);
    double (*costs)(const void *self, uint32_t k);
    double (*forced_uniform)(const void *self, uint32_t k);
    double (*retest_normal)(const void *self, uint32_t k);
} reference_provider;

typedef struct reference_version {
    double arrives, at, shift, price, costs;
    bool forced, in;
} reference_version;

typedef struct reference_diary {
    reference_version version[DIARY];
    uint32_t n; /* arrived within `months` */
} reference_diary;

reference_diary reference_versions(const reference_provider *p);
/* What of shifts, and which factor of the price, holds at t. */
double reference_shift_at(const reference_diary *d, double t);
double reference_price_at(const reference_diary *d, double t);

#endif
