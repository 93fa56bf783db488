"""Run inside of a terminal: how many cells it moves on for each text of a JSON list.

python measure.py TEXTS.json CELLS.json
"""

import json
import os
import re
import sys
import termios
import tty

with open(sys.argv[1], encoding="utf-8") as file:
    texts = json.load(file)
before = termios.tcgetattr(0)
tty.setraw(0)
cells = []
for text in texts:
    os.write(1, b"\r\x1b[2K" + text.encode() + b"\x1b[6n")
    answer = b""
    while (found := re.search(rb"\x1b\[\d+;(\d+)R", answer)) is None:
        answer += os.read(0, 64)
    cells.append(int(found[1]) - 1)
termios.tcsetattr(0, termios.TCSANOW, before)
with open(sys.argv[2] + ".new", "w", encoding="utf-8") as file:
    json.dump(cells, file)
os.rename(sys.argv[2] + ".new", sys.argv[2])
