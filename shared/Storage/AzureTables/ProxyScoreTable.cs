using Azure.Data.Tables;
using PelNas.Shared.Records;

namespace PelNas.Shared.Storage.AzureTables;

/// <summary>Zero-cost scores: a partition for each version of the settings, a row for each function of the space.</summary>
internal static class ProxyScoreTable
{
    public static Task PutAsync(StorageAccount account, string version, IEnumerable<ProxyScoreRow> scores, CancellationToken cancellationToken)
        => account[TableNames.ProxyScores].WriteAsync(
            scores.Select(score => Entity(version, score)), TableTransactionActionType.UpsertReplace, cancellationToken);

    /// <summary>The scores of functions from one id to another.</summary>
    public static Task<IReadOnlyList<ProxyScoreRow>> GetRangeAsync(
        StorageAccount account, string version, int first, int last, CancellationToken cancellationToken)
        => account[TableNames.ProxyScores].ReadAsync(
            version,
            RowRange.Between(TableKeys.Number(first), TableKeys.Number(last)),
            (entity, _) => ValueTask.FromResult(Read(entity)),
            cancellationToken);

    private static TableEntity Entity(string version, ProxyScoreRow score)
    {
        TableEntity entity = new(version, TableKeys.Number(score.FunctionId)) { [nameof(ProxyScoreRow.FunctionId)] = score.FunctionId };
        entity.Set(nameof(ProxyScoreRow.Nwot), score.Nwot);
        entity.Set(nameof(ProxyScoreRow.Synflow), score.Synflow);
        return entity;
    }

    private static ProxyScoreRow Read(TableEntity entity) => new(
        entity.Required(nameof(ProxyScoreRow.FunctionId), entity.GetInt32(nameof(ProxyScoreRow.FunctionId))),
        entity.Number(nameof(ProxyScoreRow.Nwot)),
        entity.Number(nameof(ProxyScoreRow.Synflow)));
}
