/* cmd-relay.c — `banmian relay`: the same text on another grid, and what changed. */
#include "cli/cli.h"

static int
run (int argc, char **argv)
{
    return cli_run_set (&cli_relay, argc, argv, TRUE);
}

const CliVerb cli_relay = {
    "relay", "EDITION... -c N [--compare]", "Set again on another grid, and show what changed",
    "Examples:\n"
    "  banmian relay page.md -c 6 --compare\n"
    "  banmian relay samples/edition -l tabloid --compare -o small.pdf\n",
    run,
};
