namespace PelNas.Tests;

/// <summary>Waits that end, with the name of what was awaited, when a test hangs.</summary>
internal static class Awaiting
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>Whether a task ends as cancelled; for use in orchestrators, whose thread it does not leave.</summary>
    public static async Task<bool> IsCancelled(Task task)
    {
        try
        {
            await task;
            return false;
        }
        catch (TaskCanceledException)
        {
            return true;
        }
    }

    public static async Task For(Task task, string what)
    {
        try
        {
            await task.WaitAsync(Limit, CurrentTest.Cancellation);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Not within {Limit.TotalMinutes} minutes: {what}.");
        }
    }

    public static async Task<T> For<T>(Task<T> task, string what)
    {
        await For((Task)task, what);
        return await task;
    }
}
