// Ends the emulator when the process that started it is gone, however that came about: its end of the pipe closes.
process.stdin.on("end", () => process.exit(0)).resume();
