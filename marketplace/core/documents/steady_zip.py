"""ZIP files whose bytes depend on nothing but their content: no clock, no owner."""

import shutil
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_FIRST_MOMENT_OF_ZIP = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_PLAIN_FILE = 0o644 << 16


class SteadyZip(ZipFile):
    """Open it with a file to write to; entries come in the order they are written."""

    def __init__(self, file: IO[bytes]):
        super().__init__(file, "w", ZIP_DEFLATED)

    def entry(self, name: str) -> IO[bytes]:
        """Open an entry for writing, of any size."""
        return self.open(_info(name), "w", force_zip64=True)

    def writestr(self, name, data, *arguments, **options):
        """What openpyxl calls for its small parts."""
        super().writestr(_info(name), data)

    def write(self, filename, arcname=None, *arguments, **options):
        """What openpyxl calls for a sheet that it wrote to the disk."""
        with Path(filename).open("rb") as source, self.open(_info(arcname), "w") as target:
            shutil.copyfileobj(source, target)


def _info(name: str) -> ZipInfo:
    info = ZipInfo(name, _FIRST_MOMENT_OF_ZIP)
    info.compress_type = ZIP_DEFLATED
    info.create_system = _UNIX
    info.external_attr = _PLAIN_FILE
    return info
