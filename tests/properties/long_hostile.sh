#!/usr/bin/env bash
# long_hostile.sh -- each of these names in each of these places, with charts.
exec bash "$(dirname "$0")/test_hostile.sh" all
