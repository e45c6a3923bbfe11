/* Any text as an estimate, a value, a condition, an effect. */
#include "ask.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    ask_estimate(bytes, n);
    return 0;
}
