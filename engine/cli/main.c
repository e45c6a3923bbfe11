#include <roadcast/version.h>
#include <stdio.h>

int main(void)
{
    puts("roadcast " RC_VERSION);
    return 0;
}
