using PelNas.Shared.Records;

namespace PelNas.Shared.Storage.AzureTables;

/// <summary>The latest report of the watchdog.</summary>
internal static class WatchdogTable
{
    private const string Partition = "watchdog";
    private const string Latest = "latest";

    public static Task PutAsync(StorageAccount account, WatchdogReport report, CancellationToken cancellationToken)
        => account.PutJsonAsync(TableNames.Reports, Partition, Latest, "watchdog", report, cancellationToken);

    public static Task<WatchdogReport?> GetAsync(StorageAccount account, CancellationToken cancellationToken)
        => account.GetJsonAsync<WatchdogReport>(TableNames.Reports, Partition, Latest, cancellationToken);
}
