#!/bin/bash
# The first process of the virtual machine that boot.sh starts; its variables come from the kernel's command line.
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
mount -t proc proc /proc
insmod "$OVERLAY"
mount -t tmpfs -o mode=755 tmpfs /mnt
mkdir /mnt/upper /mnt/work /mnt/root
mount -t overlay overlay -o lowerdir=/,upperdir=/mnt/upper,workdir=/mnt/work /mnt/root
cd /mnt/root
mount -t proc proc proc
mount -t sysfs sysfs sys
mount -t devtmpfs dev dev
mkdir -p dev/shm dev/pts
mount -t devpts devpts dev/pts
mount -t tmpfs shm dev/shm
mount -t tmpfs -o mode=755 run run
# A checkout below /tmp would be hidden; the overlay is as good, since what is written there stays in the machine.
[[ $YARD == /tmp/* ]] || mount -t tmpfs -o mode=1777 tmp tmp
mount -t cgroup2 -o nsdelegate cgroup sys/fs/cgroup
stty -F dev/tty1 -opost
exec >dev/tty1 2>&1
ln -sfn /proc/self/fd dev/fd
# Not chroot: in one, no user namespace could be made.
pivot_root . mnt
cd /
umount -l /mnt
ip link set lo up

groups=/sys/fs/cgroup
hand_down() { for name in $(cat "$1/cgroup.controllers"); do echo "+$name" >"$1/cgroup.subtree_control"; done; }
hand_down $groups
cd "$YARD"
# Fixtures of tests are written below it, also by uid 1000.
rm -rf .tap/fixtures
mkdir -p -m 777 .tap/fixtures
if [ "$MODE" = user ]; then
  mkdir -p $groups/user/yard
  chown 1000:1000 $groups/user $groups/user/cgroup.{procs,threads,subtree_control}
  chown 1000:1000 $groups/user/yard $groups/user/yard/cgroup.{procs,threads,subtree_control}
  hand_down $groups/user
  mkdir -p -m 700 /run/user/1000
  chown 1000:1000 /run/user/1000
  own=$groups/user/yard
  as=(setpriv --reuid 1000 --regid 1000 --clear-groups env HOME=/run/user/1000 XDG_RUNTIME_DIR=/run/user/1000)
else
  mkdir $groups/yard
  own=$groups/yard
  as=(env HOME=/root)
fi
echo $$ >$own/cgroup.procs

for file in ${FILES//,/ }; do
  echo "# file: $file"
  timeout -k 5 400 "${as[@]}" REPYARD_VM="$MODE" TAP_TIMEOUT=395 "$NODE" "$file" </dev/null
  echo "# exit: $?"
done
echo '# done'
echo o >/proc/sysrq-trigger
sleep 10
