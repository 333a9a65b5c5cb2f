using Microsoft.DurableTask;

namespace PelNas.Local.Tests.DurableTask;

public sealed class RetryPolicyTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Defaults_are_no_back_off_an_hour_at_most_and_no_time_out()
    {
        RetryPolicy policy = new(3, Second);

        policy.BackoffCoefficient.ShouldBe(1.0);
        policy.MaxRetryInterval.ShouldBe(TimeSpan.FromHours(1));
        policy.RetryTimeout.ShouldBe(Timeout.InfiniteTimeSpan);
    }

    [Fact]
    public void Values_out_of_range_are_refused_by_name()
    {
        ParameterOf(() => new RetryPolicy(0, Second)).ShouldBe("maxNumberOfAttempts");
        ParameterOf(() => new RetryPolicy(1, TimeSpan.Zero)).ShouldBe("firstRetryInterval");
        ParameterOf(() => new RetryPolicy(1, Second, 0.5)).ShouldBe("backoffCoefficient");
        ParameterOf(() => new RetryPolicy(1, Second, double.NaN)).ShouldBe("backoffCoefficient");
        ParameterOf(() => new RetryPolicy(1, Second, maxRetryInterval: Second / 2)).ShouldBe("maxRetryInterval");
        ParameterOf(() => new RetryPolicy(1, Second, retryTimeout: Second / 2)).ShouldBe("retryTimeout");
    }

    [Fact]
    public void A_first_interval_above_an_hour_needs_no_longest_one()
    {
        Should.NotThrow(() => new RetryPolicy(2, TimeSpan.FromHours(2)));
        Should.NotThrow(() => new RetryPolicy(2, Second, maxRetryInterval: Timeout.InfiniteTimeSpan, retryTimeout: Timeout.InfiniteTimeSpan));
    }

    [Fact]
    public void Options_take_a_policy_or_a_handler()
    {
        RetryPolicy policy = new(2, Second);
        AsyncRetryHandler asynchronous = _ => Task.FromResult(true);
        RetryHandler synchronous = _ => false;

        TaskOptions.FromRetryPolicy(policy).Retry!.Policy.ShouldBeSameAs(policy);
        new TaskOptions(policy).Retry!.Handler.ShouldBeNull();
        TaskOptions.FromRetryHandler(asynchronous).Retry!.Handler.ShouldBeSameAs(asynchronous);
        TaskOptions.FromRetryHandler(synchronous).Retry!.Handler.ShouldNotBeNull();
        new TaskOptions(retry: null).Retry.ShouldBeNull();
    }

    [Fact]
    public void An_instance_id_is_added_to_options_and_kept_by_copies()
    {
        RetryPolicy policy = new(2, Second);
        SubOrchestrationOptions options = new TaskOptions(policy).WithInstanceId("child");

        options.InstanceId.ShouldBe("child");
        options.Retry!.Policy.ShouldBeSameAs(policy);
        new SubOrchestrationOptions((TaskOptions)options).InstanceId.ShouldBe("child");
        new SubOrchestrationOptions((TaskOptions)options, "other").InstanceId.ShouldBe("other");
        (options with { InstanceId = "third" }).Retry!.Policy.ShouldBeSameAs(policy);
    }

    private static string? ParameterOf(Func<RetryPolicy> make) => Should.Throw<ArgumentOutOfRangeException>(() => make()).ParamName;
}
