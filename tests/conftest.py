"""What holds for every test."""

from hypothesis import settings

# A busy machine is no fault of the code: speed is measured in benchmarks/.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")
