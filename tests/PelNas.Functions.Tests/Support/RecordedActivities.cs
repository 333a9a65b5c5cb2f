namespace PelNas.Functions.Tests.Support;

/// <summary>
/// Keeps what every activity was called with, so that each can be delivered again when the rest of its search is long done.
/// </summary>
internal sealed class RecordedActivities
{
    private readonly ConcurrentQueue<(ActivityCall Call, Func<Task<string?>> Again)> _calls = new();
    private readonly ConcurrentQueue<(string Name, Task<string?> Run)> _runs = new();

    /// <summary>The calls so far, in order, with what delivers each again.</summary>
    public IReadOnlyCollection<(ActivityCall Call, Func<Task<string?>> Again)> Calls => _calls;

    /// <summary>The runs of activities so far, those under way among them.</summary>
    public IReadOnlyCollection<(string Name, Task<string?> Run)> Runs => _runs;

    /// <summary>Records those of the app that these services have.</summary>
    public void AddTo(IServiceCollection services) => services.AroundActivities((call, run) =>
    {
        _calls.Enqueue((call, run));
        Task<string?> running = run();
        _runs.Enqueue((call.Name, running));
        return running;
    });
}
