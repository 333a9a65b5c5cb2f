using System.Globalization;

namespace PelNas.Local.Engine.History;

/// <summary>
/// Keeps a history file to one process. The lock is the operating system's on an open file beside it, so it ends with the process however that
/// ends, and files left behind do no harm. A second file says who holds it.
/// </summary>
internal sealed class HistoryFileLock : IDisposable
{
    private readonly FileStream _held;
    private readonly string _ownerPath;

    /// <summary>Takes the lock.</summary>
    /// <exception cref="HistoryFileException">Another process has it, or the files cannot be written.</exception>
    public HistoryFileLock(string historyPath)
    {
        _ownerPath = historyPath + ".owner";
        FileStream? held = null;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(historyPath)!);
            held = new FileStream(historyPath + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(_ownerPath, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            _held = held;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string problem = e is UnauthorizedAccessException ? $"cannot be used: {e.Message} Give this user write access to its folder."
                : held is null && IsSharingViolation(e) ? $"is in use by process {ReadOwner()}. Only one process at a time can run orchestrations on it: "
                    + "stop that one, or set another history file."
                : $"cannot be used: {e.Message} Check its folder and the disk's free space.";
            held?.Dispose();
            throw new HistoryFileException(historyPath, problem, e);
        }
    }

    public void Dispose()
    {
        File.Delete(_ownerPath);
        _held.Dispose();
    }

    /// <summary>Whether it is that of Windows, or what Linux or macOS say of a lock that another has.</summary>
    private static bool IsSharingViolation(Exception e) => e.HResult is unchecked((int)0x80070020) or 11 or 35;

    /// <summary>The owner's process id, unless it is just starting or another user's.</summary>
    private string ReadOwner()
    {
        try
        {
            return File.ReadAllText(_ownerPath) is { Length: > 0 } id ? id : "(unknown)";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "(unknown)";
        }
    }
}
