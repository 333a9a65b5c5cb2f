using System.Globalization;

namespace PelNas.Local.Durable.History;

/// <summary>
/// Keeps a history file to one process. The lock is the operating system's on an open file beside it, so it ends with the process
/// however that ends, and files left behind do no harm. A second file says who holds it.
/// </summary>
internal sealed class HistoryFileLock : IDisposable
{
    private readonly FileStream _held;
    private readonly string _ownerPath;

    private HistoryFileLock(FileStream held, string ownerPath)
    {
        _held = held;
        _ownerPath = ownerPath;
    }

    /// <summary>Takes the lock.</summary>
    /// <exception cref="HistoryFileException">Another process has it, or the files cannot be written.</exception>
    public static HistoryFileLock Acquire(string historyPath)
    {
        string ownerPath = historyPath + ".owner";
        FileStream? held = null;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(historyPath)!);
            held = new FileStream(historyPath + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(ownerPath, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new HistoryFileLock(held, ownerPath);
        }
        catch (UnauthorizedAccessException e)
        {
            held?.Dispose();
            throw new HistoryFileException(historyPath, $"cannot be used: {e.Message} Give this user write access to its folder.", e);
        }
        catch (IOException e) when (held is null && IsSharingViolation(e))
        {
            throw new HistoryFileException(
                historyPath,
                $"is in use by process {ReadOwner(ownerPath)}. Only one process at a time can run orchestrations on it: stop that one, or set another history file.",
                e);
        }
        catch (IOException e)
        {
            held?.Dispose();
            throw new HistoryFileException(historyPath, $"cannot be used: {e.Message} Check its folder and the disk's free space.", e);
        }
    }

    public void Dispose()
    {
        File.Delete(_ownerPath);
        _held.Dispose();
    }

    private static bool IsSharingViolation(IOException e)
    {
        const int WindowsSharingViolation = unchecked((int)0x80070020);
        const int LinuxWouldBlock = 11;
        const int MacWouldBlock = 35;
        return e.HResult is WindowsSharingViolation or LinuxWouldBlock or MacWouldBlock;
    }

    /// <summary>The owner's process id, unless it is just starting or another user's.</summary>
    private static string ReadOwner(string ownerPath)
    {
        try
        {
            return File.ReadAllText(ownerPath) is { Length: > 0 } id ? id : "(unknown)";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "(unknown)";
        }
    }
}
