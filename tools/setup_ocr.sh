#!/usr/bin/env bash
# Installs Debian's tesseract, which reads scans and photos of resumes, when there is none and this user may install it.
# Always ends well: without it such files are refused with the reason, and the tests that need it fail where CI=true.
set -uo pipefail
command -v tesseract >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  printf '• Installing tesseract\n'
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends tesseract-ocr tesseract-ocr-eng tesseract-ocr-osd; } >/dev/null 2>&1
fi
command -v tesseract >/dev/null || printf 'NO SCANS: tesseract is missing and could not be installed. Run: sudo apt-get install -y tesseract-ocr (or brew install tesseract)\n' >&2
exit 0
