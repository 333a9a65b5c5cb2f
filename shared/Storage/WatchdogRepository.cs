using PelNas.Shared.Records;
using PelNas.Shared.Storage.Rows;

namespace PelNas.Shared.Storage;

/// <summary>The watchdog's latest report.</summary>
public sealed class WatchdogRepository(IRowStore rows)
{
    private static readonly RowId Latest = new("Watchdog", "watchdog", "latest");

    /// <summary>
    /// The report, or null when it has not looked yet. Also asked at the start of the app, to see that the store answers.
    /// </summary>
    public Task<WatchdogReport?> GetAsync(CancellationToken cancellationToken) => rows.GetAsync<WatchdogReport>(Latest, cancellationToken);

    /// <summary>Replaces the last report.</summary>
    public Task PutAsync(WatchdogReport report, CancellationToken cancellationToken) => rows.PutAsync(Latest, report, cancellationToken);
}
