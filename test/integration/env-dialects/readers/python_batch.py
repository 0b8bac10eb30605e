"""Run with the name of a reader and files: prints what it makes of each, as JSON."""

import ctypes
import glob
import json
import sys


def python_dotenv():
    from dotenv import dotenv_values

    return dotenv_values


def docker_compose():
    from compose.config.environment import env_vars_from_file

    return env_vars_from_file


def systemd():
    paths = glob.glob("/usr/lib/*/systemd/libsystemd-shared-*.so") + glob.glob("/usr/lib/systemd/libsystemd-shared-*.so")
    library = ctypes.CDLL(paths[0])
    library.load_env_file.argtypes = [
        ctypes.c_void_p,
        ctypes.c_char_p,
        ctypes.POINTER(ctypes.POINTER(ctypes.c_char_p)),
    ]

    def read(file):
        found = ctypes.POINTER(ctypes.c_char_p)()
        status = library.load_env_file(None, file.encode(), ctypes.byref(found))
        if status < 0:
            raise OSError(-status, "load_env_file")
        values = {}
        index = 0
        while found and found[index] is not None:
            name, _, value = found[index].partition(b"=")
            values[name.decode("utf-8", "replace")] = value.decode("utf-8", "replace")
            index += 1
        return values

    return read


def answer(read, file):
    try:
        return {"values": {name: value for name, value in read(file).items() if value is not None}}
    except Exception as error:  # Whatever a reader raises, it takes nothing from the file.
        return {"error": repr(error)}


read = {"python-dotenv": python_dotenv, "docker-compose": docker_compose, "systemd": systemd}[sys.argv[1]]()
print(json.dumps([answer(read, file) for file in sys.argv[2:]]))
