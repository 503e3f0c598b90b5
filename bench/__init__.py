"""What things cost, as ratios within one run. `make bench` runs all; `--json` gives one JSON object a benchmark.

Times depend on the machine, so no test reads them: a ratio between two things measured side by side does not.
"""
