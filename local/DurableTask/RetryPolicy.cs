namespace Microsoft.DurableTask;

/// <summary>A declared way of retrying a failed activity or sub-orchestration, with exponential back-off by durable timers.</summary>
public class RetryPolicy
{
    /// <summary>Makes a policy. <see cref="Timeout.InfiniteTimeSpan"/> stands for no limit of the last two.</summary>
    /// <param name="maxNumberOfAttempts">The most attempts, the first one included; at least 1.</param>
    /// <param name="firstRetryInterval">The delay between the first and the second attempt; more than zero.</param>
    /// <param name="backoffCoefficient">What each delay is multiplied by to get the next; at least 1.</param>
    /// <param name="maxRetryInterval">The longest delay; one hour when null.</param>
    /// <param name="retryTimeout">The time from the first attempt after which none is begun any more; no limit when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range, or one of the last two is below <paramref name="firstRetryInterval"/>.</exception>
    public RetryPolicy(
        int maxNumberOfAttempts,
        TimeSpan firstRetryInterval,
        double backoffCoefficient = 1.0,
        TimeSpan? maxRetryInterval = null,
        TimeSpan? retryTimeout = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxNumberOfAttempts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(firstRetryInterval, TimeSpan.Zero);
        if (!(backoffCoefficient >= 1.0))
        {
            throw new ArgumentOutOfRangeException(nameof(backoffCoefficient), backoffCoefficient, "The back-off coefficient must be at least 1.0.");
        }

        MaxNumberOfAttempts = maxNumberOfAttempts;
        FirstRetryInterval = firstRetryInterval;
        BackoffCoefficient = backoffCoefficient;
        MaxRetryInterval = AtLeast(firstRetryInterval, maxRetryInterval ?? TimeSpan.FromHours(1), maxRetryInterval is not null, nameof(maxRetryInterval));
        RetryTimeout = AtLeast(firstRetryInterval, retryTimeout ?? Timeout.InfiniteTimeSpan, retryTimeout is not null, nameof(retryTimeout));
    }

    /// <summary>The most attempts, the first one included.</summary>
    public int MaxNumberOfAttempts { get; }

    /// <summary>The delay between the first and the second attempt.</summary>
    public TimeSpan FirstRetryInterval { get; }

    /// <summary>What each delay is multiplied by to get the next.</summary>
    public double BackoffCoefficient { get; }

    /// <summary>The longest delay.</summary>
    public TimeSpan MaxRetryInterval { get; }

    /// <summary>The time from the first attempt after which none is begun any more.</summary>
    public TimeSpan RetryTimeout { get; }

    /// <summary>Says whether a failure is worth another attempt; without it every failure is. The limits above hold all the same.</summary>
    public Func<TaskFailureDetails, bool> HandleFailure
    {
        init => FailureFilter = value;
    }

    internal Func<TaskFailureDetails, bool>? FailureFilter { get; private init; }

    private static TimeSpan AtLeast(TimeSpan least, TimeSpan value, bool given, string parameter)
    {
        if (given && value < least && value != Timeout.InfiniteTimeSpan)
        {
            throw new ArgumentOutOfRangeException(parameter, value, $"The value must be at least the first retry interval, {least}.");
        }

        return value;
    }
}
