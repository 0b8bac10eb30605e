"""Says on the session bus that there is a place for status icons, as a panel does, or that there is none."""

import sys

from gi.repository import Gio, GLib

NAME = 'org.kde.StatusNotifierWatcher'
INTERFACE = f"""<node><interface name="{NAME}">
  <property name="IsStatusNotifierHostRegistered" type="b" access="read"/>
</interface></node>"""


def read(*_):
    return GLib.Variant('b', sys.argv[1] == 'seen')


def export(bus, _name):
    interface = Gio.DBusNodeInfo.new_for_xml(INTERFACE).interfaces[0]
    bus.register_object('/StatusNotifierWatcher', interface, None, read, None)


Gio.bus_own_name(Gio.BusType.SESSION, NAME, Gio.BusNameOwnerFlags.NONE, export, None, None)
GLib.MainLoop().run()
