#!/bin/sh
# workerd outlives a Node process that is killed with -9: nothing tells it that its parent is gone, and it would go on
# holding the port and the database. So it is started through this script.
# File descriptor 3 is Miniflare's control socket, whose other end only the Node process holds: end of file there
# means that process is gone, and then workerd is killed, if its process id is still its own.
# `trap` keeps the terminal's Ctrl-C from workerd, which the Node process stops in order.
trap '' INT HUP
[ -n "$HANKYO_PID_FILE" ] && echo $$ >"$HANKYO_PID_FILE"
(
  cat <&3
  { cat /proc/$$/cmdline || ps -o args= -p $$; } | grep -q workerd && kill -9 $$
) </dev/null >/dev/null 2>&1 &
exec "$HANKYO_WORKERD" "$@"
