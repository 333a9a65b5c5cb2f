using DurableTask.Core.Exceptions;

namespace PelNas.Local.Tests.Engine.Semantics;

/// <summary>About what clients do with instances.</summary>
public abstract partial class SemanticsTests
{
    [Fact]
    public async Task An_id_is_kept_until_its_instance_has_ended_and_can_be_used_again_then()
    {
        string id = await RunningAsync("TwoEvents");
        await Should.ThrowAsync<OrchestrationAlreadyExistsException>(() => Client.ScheduleAsync("FanOut", 2, id));
        await Client.RaiseEventAsync(id, "Number", 2, Cancellation);
        await Client.RaiseEventAsync(id, "Number", 3, Cancellation);
        (await Client.FinishAsync(id)).ReadOutputAs<int>().ShouldBe(6);

        (await Client.RunAsync("FanOut", 2, id)).ReadOutputAs<int>().ShouldBe(5);
    }

    [Fact]
    public async Task Events_are_kept_for_a_wait_that_comes_later_and_across_runs()
    {
        string numbers = await RunningAsync("TwoEvents");
        string texts = await RunningAsync("Collects", string.Empty);
        foreach (string text in (string[])["a", "b", "c", "d"])
        {
            await Client.RaiseEventAsync(texts, "Text", text, Cancellation);
        }

        await Client.RaiseEventAsync(numbers, "NUMBER", 4, Cancellation);
        OrchestrationMetadata waiting = await Client.UntilAsync(numbers, instance => instance.SerializedCustomStatus is { Length: > 4 });
        await Client.RaiseEventAsync(numbers, "Number", 5, Cancellation);

        waiting.ReadCustomStatusAs<Dictionary<string, int>>().ShouldBe(new Dictionary<string, int> { ["first"] = 4 });
        (await Client.FinishAsync(numbers)).ReadOutputAs<int>().ShouldBe(20);
        OrchestrationMetadata collected = await Client.FinishAsync(texts);
        collected.ReadOutputAs<string>().ShouldBe("abcd");
        collected.ReadCustomStatusAs<string>().ShouldBe("abcd");
        collected.ReadInputAs<string>().ShouldBe("abc");
    }

    [Fact]
    public async Task A_suspended_instance_does_nothing_until_it_is_resumed()
    {
        string id = await RunningAsync("TwoEvents");
        await Client.SuspendInstanceAsync(id, "for now", Cancellation);
        await Client.UntilAsync(id, instance => instance.RuntimeStatus == OrchestrationRuntimeStatus.Suspended);
        await Client.RaiseEventAsync(id, "Number", 7, Cancellation);
        await Client.RunAsync("FanOut", 3);
        OrchestrationMetadata suspended = (await Client.GetInstanceAsync(id, true, Cancellation))!;
        await Client.ResumeInstanceAsync(id, "again", Cancellation);
        OrchestrationMetadata resumed = await Client.UntilAsync(id, instance => instance.SerializedCustomStatus is { Length: > 4 });
        await Client.RaiseEventAsync(id, "Number", 2, Cancellation);

        suspended.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Suspended);
        suspended.ReadCustomStatusAs<object>().ShouldBeNull();
        resumed.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Running);
        (await Client.FinishAsync(id)).ReadOutputAs<int>().ShouldBe(14);
    }

    [Fact]
    public async Task A_terminated_instance_has_the_output_it_was_given()
    {
        string id = await RunningAsync("TwoEvents");
        await Client.RaiseEventAsync(id, "Number", 4, Cancellation);
        await Client.UntilAsync(id, instance => instance.SerializedCustomStatus is { Length: > 4 });

        await Client.TerminateInstanceAsync(id, "enough", Cancellation);

        OrchestrationMetadata end = await Client.FinishAsync(id);
        end.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Terminated);
        end.ReadOutputAs<string>().ShouldBe("enough");
        end.FailureDetails.ShouldBeNull();
    }

    [Fact]
    public async Task A_restart_begins_again_with_the_same_input()
    {
        string id = (await Client.RunAsync("FanOut", 3)).InstanceId;

        string other = await Client.RestartAsync(id, restartWithNewInstanceId: true, Cancellation);
        string same = await Client.RestartAsync(id, restartWithNewInstanceId: false, Cancellation);

        other.ShouldNotBe(id);
        same.ShouldBe(id);
        (await Client.FinishAsync(other)).ReadOutputAs<int>().ShouldBe(14);
        (await Client.FinishAsync(id)).ReadOutputAs<int>().ShouldBe(14);
    }

    [Fact]
    public async Task Instances_are_found_by_prefix_and_status_in_pages()
    {
        string prefix = Guid.NewGuid().ToString("N");
        foreach (int n in (int[])[1, 2, 3])
        {
            await Client.RunAsync("FanOut", n, $"{prefix}-{n}");
        }

        await Client.ScheduleAsync("TwoEvents", null, $"{prefix}-waits");
        OrchestrationQuery query = new()
        {
            InstanceIdPrefix = prefix,
            Statuses = [OrchestrationRuntimeStatus.Completed],
            PageSize = 2,
            FetchInputsAndOutputs = true,
        };
        OrchestrationMetadata[] found = [.. Client.GetAllInstancesAsync(query).ToBlockingEnumerable(Cancellation)];

        found.Select(instance => instance.InstanceId).ShouldBe([$"{prefix}-1", $"{prefix}-2", $"{prefix}-3"], ignoreOrder: true);
        found.Sum(instance => instance.ReadOutputAs<int>()).ShouldBe(20);
    }

    [Fact]
    public async Task Purging_removes_what_has_ended_by_id_and_by_filter()
    {
        DateTimeOffset from = DateTimeOffset.UtcNow.AddMinutes(-1);
        string first = (await Client.RunAsync("FanOut", 1)).InstanceId;
        string second = (await Client.RunAsync("FailsItself")).InstanceId;

        (await Client.PurgeInstanceAsync(first, Cancellation)).PurgedInstanceCount.ShouldBe(1);
        (await Client.PurgeInstanceAsync(first, Cancellation)).PurgedInstanceCount.ShouldBe(0);
        PurgeInstancesFilter failed = new(from, DateTimeOffset.UtcNow.AddMinutes(1), [OrchestrationRuntimeStatus.Failed]);
        (await Client.PurgeAllInstancesAsync(failed, Cancellation)).PurgedInstanceCount.ShouldBeGreaterThan(0);

        (await Client.StatusAsync(first)).ShouldBeNull();
        (await Client.StatusAsync(second)).ShouldBeNull();
    }

    [Fact]
    public async Task An_instance_of_a_later_version_waits_for_an_app_that_knows_it()
    {
        string id = await Client.ScheduleAsync("Version", null, new StartOrchestrationOptions { Version = "1.1" });
        string earlier = await Client.ScheduleAsync("Version", null, new StartOrchestrationOptions { Version = "0.9" });

        (await Client.FinishAsync(earlier)).ReadOutputAs<string>().ShouldBe("0.9");
        (await Client.RunAsync("Version")).ReadOutputAs<string>().ShouldBe("1.0");
        (await Client.StatusAsync(id)).ShouldBe(OrchestrationRuntimeStatus.Pending);
    }
}
