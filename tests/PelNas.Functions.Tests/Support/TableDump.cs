using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace PelNas.Functions.Tests.Support;

/// <summary>Everything in the tables of one installation as text, so that two can be compared row by row.</summary>
internal static class TableDump
{
    public static async Task<string> ReadAsync(string connectionString, string prefix, CancellationToken cancellationToken)
    {
        List<string> lines = [];
        TableServiceClient service = new(connectionString);
        await foreach (TableItem table in service.QueryAsync(cancellationToken: cancellationToken))
        {
            if (table.Name.StartsWith(prefix, StringComparison.Ordinal))
            {
                lines.AddRange(await service.GetTableClient(table.Name).QueryAsync<TableEntity>(cancellationToken: cancellationToken)
                    .Select(entity => $"{table.Name[prefix.Length..]}\t{Text(entity)}").ToListAsync(cancellationToken));
            }
        }

        return string.Join('\n', lines.Order(StringComparer.Ordinal));
    }

    // Without what the service adds to each write.
    private static string Text(TableEntity entity) => string.Join('\t', entity
        .Where(property => property.Key is not ("odata.etag" or "Timestamp"))
        .OrderBy(property => property.Key, StringComparer.Ordinal)
        .Select(property => string.Create(CultureInfo.InvariantCulture, $"{property.Key}={Text(property.Value)}")));

    private static object? Text(object? value) => value is byte[] body ? Convert.ToBase64String(body) : value;
}
