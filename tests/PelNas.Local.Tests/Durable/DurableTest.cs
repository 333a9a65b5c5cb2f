using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using PelNas.Local.Durable;

namespace PelNas.Local.Tests.Durable;

/// <summary>A test that runs orchestrations on a history file of its own.</summary>
public abstract class DurableTest : IDisposable
{
    private protected HistoryFile File { get; } = new();

    private protected LambdaFunctions Functions { get; } = new();

    private protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => File.Dispose();

    private protected Task<DurableHost> StartAsync(
        CommitLog? log = null, Action<LocalDurableOptions>? configure = null, ILoggerProvider? logger = null) =>
        DurableHost.StartAsync(Functions, File.Path, Time, log, configure, logger);

    private protected DurableHost Create(CommitLog? log = null) => DurableHost.Create(Functions, File.Path, Time, log);
}
