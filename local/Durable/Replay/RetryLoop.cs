using Microsoft.DurableTask;

namespace PelNas.Local.Durable.Replay;

/// <summary>Tries an activity or sub-orchestration again as its retry options say.</summary>
internal static class RetryLoop
{
    public static async Task<T> RunAsync<T>(TaskOrchestrationContext context, TaskRetryOptions? retry, Func<Task<T>> attempt)
    {
        DateTime started = context.CurrentUtcDateTime;
        for (int attempts = 1; ; attempts++)
        {
            try
            {
                return await attempt();
            }
            catch (TaskFailedException e) when (retry is not null && !e.IsNonRetriable)
            {
                if (!await ShouldRetryAsync(context, retry, attempts, started, e.FailureDetails))
                {
                    throw;
                }
            }
        }
    }

    private static async Task<bool> ShouldRetryAsync(
        TaskOrchestrationContext context, TaskRetryOptions retry, int attempts, DateTime started, TaskFailureDetails failure)
    {
        if (retry.Handler is AsyncRetryHandler handler)
        {
            return await handler(new RetryContext(context, attempts, failure, context.CurrentUtcDateTime - started, CancellationToken.None));
        }

        RetryPolicy policy = retry.Policy!;
        bool over = attempts >= policy.MaxNumberOfAttempts
            || (policy.RetryTimeout != Timeout.InfiniteTimeSpan && context.CurrentUtcDateTime - started >= policy.RetryTimeout);
        if (over || policy.FailureFilter?.Invoke(failure) == false)
        {
            return false;
        }

        await context.CreateTimer(Delay(policy, attempts), CancellationToken.None);
        return true;
    }

    private static TimeSpan Delay(RetryPolicy policy, int attempts)
    {
        double limit = policy.MaxRetryInterval == Timeout.InfiniteTimeSpan ? TimeSpan.FromDays(3650).TotalMilliseconds : policy.MaxRetryInterval.TotalMilliseconds;
        double delay = policy.FirstRetryInterval.TotalMilliseconds * Math.Pow(policy.BackoffCoefficient, attempts - 1);
        return TimeSpan.FromMilliseconds(Math.Min(delay, limit));
    }
}
