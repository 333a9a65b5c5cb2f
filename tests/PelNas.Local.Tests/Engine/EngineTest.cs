using Microsoft.Extensions.Logging;
using PelNas.Local.Engine;

namespace PelNas.Local.Tests.Engine;

/// <summary>A test that runs orchestrations on a history file of its own.</summary>
public abstract class EngineTest : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pelnas-history-");

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected string Folder => _folder.FullName;

    protected string HistoryPath => Path.Combine(Folder, "history.db");

    private protected LambdaFunctions Functions { get; } = new();

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => _folder.Delete(recursive: true);

    private protected TestEngine Create(CommitLog? log = null, Action<EngineOptions>? configure = null, ILoggerProvider? logger = null) =>
        new(Functions, HistoryPath, null, log, configure, logger);

    private protected Task<TestEngine> StartAsync(
        CommitLog? log = null, Action<EngineOptions>? configure = null, ILoggerProvider? logger = null) =>
        Create(log, configure, logger).StartAsync();
}
