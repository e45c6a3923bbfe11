#!/usr/bin/env bash
# long_hostile.sh -- more of these names in more of these places, with more charts.
exec bash "$(dirname "$0")/test_hostile.sh" all
