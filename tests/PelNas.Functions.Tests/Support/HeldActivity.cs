namespace PelNas.Functions.Tests.Support;

/// <summary>Holds every run of one activity just before it begins, until it is let go.</summary>
internal sealed class HeldActivity(string name)
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open() => _open.TrySetResult();

    /// <summary>Waits until a run is held.</summary>
    public Task ReachedAsync() => Awaiting.For(_reached.Task, $"a run of {name}");

    /// <summary>Holds it in the app that these services have.</summary>
    public void AddTo(IServiceCollection services) => services.AroundActivities(async (call, run) =>
    {
        if (call.Name == name)
        {
            _reached.TrySetResult();
            await _open.Task.WaitAsync(call.Stopping);
        }

        return await run();
    });
}
