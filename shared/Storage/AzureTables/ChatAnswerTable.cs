using Azure.Data.Tables;

namespace PelNas.Shared.Storage.AzureTables;

/// <summary>Answers of the proposer by the hash of their prompt. They belong to no run.</summary>
internal static class ChatAnswerTable
{
    public static async Task PutAsync(StorageAccount account, string promptHash, string answer, CancellationToken cancellationToken)
    {
        TableEntity entity = new(TableKeys.Answers(promptHash), promptHash);
        await account.Bodies.SetAsync(entity, $"answers/{promptHash}", answer, cancellationToken);
        await account[TableNames.LlmCache].PutAsync(entity, cancellationToken);
    }

    public static async Task<string?> GetAsync(StorageAccount account, string promptHash, CancellationToken cancellationToken)
        => await account[TableNames.LlmCache].GetAsync(TableKeys.Answers(promptHash), promptHash, cancellationToken) is { } entity
            ? await account.Bodies.GetAsync(entity, cancellationToken)
            : null;
}
