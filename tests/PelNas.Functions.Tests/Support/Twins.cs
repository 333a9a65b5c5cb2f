namespace PelNas.Functions.Tests.Support;

/// <summary>
/// Two runs of one activity at the same time, which wait for each other before each look at the store: both see what is there before either
/// writes.
/// </summary>
internal sealed class Twins
{
    private static readonly AsyncLocal<Twins?> Present = new();

    private readonly Lock _gate = new();
    private int _running = 2;
    private int _waiting;
    private TaskCompletionSource _met = NewMeeting();

    /// <summary>Those of whom the caller is one, or null.</summary>
    public static Twins? Current => Present.Value;

    /// <summary>Runs an activity twice at the same time; both must come to the same.</summary>
    public static async Task<string?> RunAsync(Func<Task<string?>> activity)
    {
        Twins twins = new();
        string?[] results = await Task.WhenAll(twins.RunOneAsync(activity), twins.RunOneAsync(activity));
        results[1].ShouldBe(results[0]);
        return results[0];
    }

    /// <summary>Ends when the other one is there too, or has ended.</summary>
    public Task MeetAsync()
    {
        lock (_gate)
        {
            _waiting++;
            Task met = _met.Task;
            LetGo();
            return met;
        }
    }

    private static TaskCompletionSource NewMeeting() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task<string?> RunOneAsync(Func<Task<string?>> activity)
    {
        // Both on threads of their own from the start, and each with its own flow of the value below.
        await Task.Yield();
        Present.Value = this;
        try
        {
            return await activity();
        }
        finally
        {
            lock (_gate)
            {
                _running--;
                LetGo();
            }
        }
    }

    private void LetGo()
    {
        if (_waiting >= _running)
        {
            _waiting = 0;
            _met.SetResult();
            _met = NewMeeting();
        }
    }
}
