using System.Text.Json;
using System.Text.Json.Nodes;
using PelNas.Shared.Comparison;
using PelNas.Shared.Reports;

namespace PelNas.Cli.Searching;

/// <summary>The folder that a result goes to, tried before the search rather than after it.</summary>
internal static class OutputFolder
{
    private const string LockName = ".pelnas.lock";
    private static readonly string[] ResultNames = [ResultFiles.ResultName, ResultFiles.FrontName, ResultFiles.ReportName];

    /// <summary>
    /// Takes a folder for the result of a run until the claim is disposed of, creating it. The lock stays behind, as an empty file.
    /// </summary>
    /// <param name="overwrite">Whether what another run or a benchmark has left there may be overwritten.</param>
    /// <exception cref="UsageException">Nothing can be written there, another process does, or another result is there.</exception>
    public static IDisposable Claim(string folder, string runId, bool overwrite)
    {
        EnsureWritable(folder);
        FileStream held;
        try
        {
            // Only without any share does Unix keep a second process out.
            held = new FileStream(Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw Unwritable(folder, exception);
        }
        catch (IOException)
        {
            throw new UsageException($"--output: another process is writing to '{folder}'; give another folder.");
        }

        try
        {
            RefuseOthers(folder, runId, overwrite);
            return held;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Refuses a folder that cannot be claimed, but for one that another process has. One that is new is not left there.</summary>
    /// <exception cref="UsageException">Nothing can be written there, or another result is there.</exception>
    public static void Check(string folder, string runId, bool overwrite)
    {
        bool isNew = !Directory.Exists(folder);
        EnsureWritable(folder);
        if (isNew)
        {
            Directory.Delete(folder);
        }
        else
        {
            RefuseOthers(folder, runId, overwrite);
        }
    }

    private static void RefuseOthers(string folder, string runId, bool overwrite)
    {
        if (!overwrite && Contents(folder, runId) is { } contents)
        {
            throw new UsageException($"--output: '{folder}' holds {contents}; give another folder, or --overwrite.");
        }
    }

    /// <summary>Refuses a folder that holds the result of a search, whose report a benchmark would overwrite.</summary>
    /// <exception cref="UsageException">It does.</exception>
    public static void RefuseResult(string folder)
    {
        if (File.Exists(Path.Combine(folder, ResultFiles.ResultName)))
        {
            throw new UsageException($"--output: '{folder}' holds the result of a search; give another folder.");
        }
    }

    /// <summary>What of others a folder holds that a run's result would overwrite, or null.</summary>
    private static string? Contents(string folder, string runId)
    {
        if (File.Exists(Path.Combine(folder, BenchmarkLog.RowsName)))
        {
            return "a benchmark";
        }

        if (ResultNames.FirstOrDefault(name => File.Exists(Path.Combine(folder, name))) is not { } there)
        {
            return null;
        }

        string? other = RunOf(Path.Combine(folder, ResultFiles.ResultName));
        return other == runId ? null : other is null ? $"another {there}" : $"the result of the run {other}";
    }

    private static string? RunOf(string result)
    {
        try
        {
            return File.Exists(result) ? JsonNode.Parse(File.ReadAllBytes(result))?["runId"]?.GetValue<string>() : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Creates the folder and proves that files can be written into it.</summary>
    /// <exception cref="UsageException">They cannot.</exception>
    public static void EnsureWritable(string folder)
    {
        string probe = Path.Combine(folder, $".{Path.GetRandomFileName()}");
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw Unwritable(folder, exception);
        }
    }

    private static UsageException Unwritable(string folder, Exception exception) => new(
        $"--output: nothing can be written to '{folder}' ({exception.Message.TrimEnd('.')}); give a folder that you may write to.");
}
