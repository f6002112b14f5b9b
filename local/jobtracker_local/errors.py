"""What the local cloud tells a person when it cannot go on."""


class LocalCloudError(RuntimeError):
    """One clear line for the person at the keyboard; the command line exits with code 2."""
