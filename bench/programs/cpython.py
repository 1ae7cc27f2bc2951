# Runs a Repy program on CPython 2.7 as the benchmarks need it: the same calls, its log on standard output, and in the last line the
# CPU seconds of compiling and running it (without the interpreter's own start, as a zygote's children have none).
import sys
import time

source = open(sys.argv[1]).read().replace("\r\n", "\n")


def log(*items):
    sys.stdout.write(" ".join(map(str, items)))


names = {
    "log": log,
    "getruntime": time.time,
    "getresources": lambda: ({}, {"cpu": time.clock()}, []),
    "sleep": time.sleep,
    "callargs": [],
    "mycontext": {},
}
start = time.clock()
exec(compile(source, sys.argv[1], "exec"), names)
print("TOTAL %.6f" % (time.clock() - start))
