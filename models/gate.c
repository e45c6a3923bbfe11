/* gate.c -- what a gate measures, and whom it lets pass. */
#include "gate.h"

const rc_model rc_gate_model = {.id = "gate"};
