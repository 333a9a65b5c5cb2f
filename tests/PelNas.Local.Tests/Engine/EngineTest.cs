namespace PelNas.Local.Tests.Engine;

/// <summary>A test that runs orchestrations on a history file of its own.</summary>
public abstract class EngineTest : FolderTest
{
    protected string HistoryPath => Folder.File("history.db");

    private protected LambdaFunctions Functions { get; } = new();

    private protected TestEngine Create(CommitLog? log = null, Action<EngineOptions>? configure = null, ILoggerProvider? logger = null) =>
        new(Functions, HistoryPath, null, log, configure, logger);

    private protected Task<TestEngine> StartAsync(
        CommitLog? log = null, Action<EngineOptions>? configure = null, ILoggerProvider? logger = null) =>
        Create(log, configure, logger).StartAsync();
}
