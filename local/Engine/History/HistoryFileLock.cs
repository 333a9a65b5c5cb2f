using System.Globalization;

namespace PelNas.Local.Engine.History;

/// <summary>
/// Keeps a history file to one process. The lock is the operating system's on an open file beside it, so it ends with the process however
/// that ends, and files left behind do no harm. A second file says who holds it.
/// </summary>
internal static class HistoryFileLock
{
    /// <summary>Takes the lock, which is held until the result is disposed of.</summary>
    /// <exception cref="HistoryFileException">Another process has it, or the files cannot be written.</exception>
    public static IDisposable Take(string historyPath)
    {
        string ownerPath = historyPath + ".owner";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(historyPath)!);
            FileStream held = new(historyPath + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(ownerPath, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return held;
        }
        catch (IOException e) when (IsSharingViolation(e))
        {
            string problem = $"is in use by process {ReadOwner(ownerPath)}. Only one process at a time can run orchestrations on it: "
                + "stop that one, or set another history file.";
            throw new HistoryFileException(historyPath, problem, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string advice = e is IOException ? "Check its folder and the disk's free space." : "Give this user write access to its folder.";
            throw new HistoryFileException(historyPath, $"cannot be used: {e.Message} {advice}", e);
        }
    }

    /// <summary>Whether it is that of Windows, or what Linux or macOS say of a lock that another has.</summary>
    private static bool IsSharingViolation(IOException e) => e.HResult is unchecked((int)0x80070020) or 11 or 35;

    /// <summary>The owner's process id, unless it is just starting.</summary>
    private static string ReadOwner(string path) => File.Exists(path) && File.ReadAllText(path) is { Length: > 0 } id ? id : "(unknown)";
}
