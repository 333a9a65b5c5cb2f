using Azure.Data.Tables;

namespace PelNas.Shared.Storage.AzureTables;

/// <summary>Answers of the proposer by the hash of their prompt. They belong to no run.</summary>
internal static class ChatAnswerTable
{
    public static async Task PutAsync(StorageAccount account, string promptHash, string answer, CancellationToken cancellationToken)
    {
        TableEntity entity = new(TableKeys.Answers(promptHash), promptHash);
        await account.Bodies.SetAsync(entity, Folder(promptHash), answer, cancellationToken);
        await account[TableNames.LlmCache].PutAsync(entity, cancellationToken);
    }

    public static async Task<string?> GetAsync(StorageAccount account, string promptHash, CancellationToken cancellationToken)
        => await account[TableNames.LlmCache].GetAsync(TableKeys.Answers(promptHash), promptHash, cancellationToken) is { } entity
            ? await account.Bodies.GetAsync(entity, cancellationToken)
            : null;

    /// <summary>Deletes those that were last written before a time by the service's clock, partition by partition, and returns how many.</summary>
    public static Task<int> DeleteAsync(StorageAccount account, DateTimeOffset before, int most, CancellationToken cancellationToken)
    {
        EntityTable rows = account[TableNames.LlmCache];
        return rows.DeleteWrittenBeforeAsync(
            TableKeys.HashPartitions,
            before,
            most,
            async row =>
            {
                // The row first: one without its blob could not be read. What is written to meanwhile stays, row and blob.
                if (!await rows.TryDeleteAsync(row, cancellationToken))
                {
                    return false;
                }

                if (BodyBlobs.IsInBlob(row))
                {
                    await account.Bodies.DeleteUnusedAsync(Folder(row.RowKey), before, isUsed: _ => false, most, cancellationToken);
                }

                return true;
            },
            cancellationToken);
    }

    private static string Folder(string promptHash) => $"answers/{promptHash}";
}
