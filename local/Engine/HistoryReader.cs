using Microsoft.Data.Sqlite;
using Microsoft.DurableTask.Client;
using PelNas.Local.Engine.History;

namespace PelNas.Local.Engine;

/// <summary>Reads a history file that this process does not run, and that another one may.</summary>
public static class HistoryReader
{
    /// <summary>An orchestration as the file has it, without input and output; null where there is no such file or instance.</summary>
    /// <exception cref="HistoryFileException">The file cannot be read.</exception>
    public static OrchestrationMetadata? Find(string path, string instanceId)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using HistoryConnection connection = new(path, canWrite: false);
            return InstanceTable.FindState(connection, instanceId, withPayloads: false) is { } state
                ? LocalDurableTaskClient.ToMetadata(state, withPayloads: false)
                : null;
        }
        catch (SqliteException exception)
        {
            throw HistoryFileException.From(path, exception);
        }
    }
}
