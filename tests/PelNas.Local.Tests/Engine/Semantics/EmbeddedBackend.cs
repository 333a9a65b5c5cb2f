namespace PelNas.Local.Tests.Engine.Semantics;

/// <summary>The embedded engine, on a history file and the machine's clock.</summary>
public sealed class EmbeddedBackend : SemanticsBackend
{
    private readonly TemporaryFolder _folder = new();
    private TestEngine? _engine;

    public override async ValueTask InitializeAsync()
    {
        // Without observers, so that changes are committed together as they are outside tests.
        _engine = new TestEngine(Functions, _folder.File("history.db"), TimeProvider.System, configure: options =>
        {
            options.DefaultVersion = AppVersion;
            options.Observers.Clear();
        });
        await _engine.StartAsync();
        Client = _engine.Client;
    }

    public override async ValueTask DisposeAsync()
    {
        await _engine!.DisposeAsync();
        _folder.Dispose();
    }
}
