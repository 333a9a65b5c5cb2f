using System.Threading.Channels;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PelNas.Local.Host;
using PelNas.Local.Host.Catalog;
using PelNas.Local.Host.Timers;

namespace PelNas.Local.Tests.Host.Timers;

public sealed class TimerRunnerTests : IAsyncDisposable
{
    private static readonly DateTime Start = new(2026, 3, 1, 12, 10, 0, DateTimeKind.Utc);

    private readonly TemporaryFolder _folder = new();
    private readonly ObservedTimeProvider _time = new(Start);
    private readonly TestLog _log = new();
    private readonly Recorder _recorder = new();
    private readonly ServiceProvider _services;
    private CancellationTokenSource _stopping = new();
    private Task _run = Task.CompletedTask;

    public TimerRunnerTests() => _services = new ServiceCollection().AddSingleton(_recorder).AddSingleton(new Local.Host.FunctionPipeline([])).BuildServiceProvider(validateScopes: true);

    private TimerStateStore Store => new(_folder.File("timers.json"));

    [Fact]
    public async Task A_function_runs_at_the_times_of_its_schedule()
    {
        Run<Hourly>();

        (await _time.NextWaitAsync()).ShouldBe(TimeSpan.FromMinutes(50));
        _time.Advance(TimeSpan.FromMinutes(49));
        _recorder.Runs.TryRead(out _).ShouldBeFalse();
        _time.Advance(TimeSpan.FromMinutes(1));
        var first = await _recorder.NextAsync();
        (await _time.NextWaitAsync()).ShouldBe(TimeSpan.FromHours(1));
        _time.Advance(TimeSpan.FromHours(1));
        var second = await _recorder.NextAsync();

        first.IsPastDue.ShouldBeFalse();
        first.ScheduleStatus!.Last.ShouldBe(default);
        first.ScheduleStatus.Next.ShouldBe(Start.AddMinutes(50));
        second.ScheduleStatus!.Last.ShouldBe(Start.AddMinutes(50));
        second.ScheduleStatus.Next.ShouldBe(Start.AddMinutes(110));
    }

    [Fact]
    public async Task Runs_are_recorded()
    {
        Run<Hourly>();
        await _time.NextWaitAsync();
        _time.Advance(TimeSpan.FromMinutes(50));
        await _recorder.NextAsync();
        await _time.NextWaitAsync();

        var status = Store.Find("Hourly").ShouldNotBeNull();

        status.Last.ShouldBe(Start.AddMinutes(50));
        status.Next.ShouldBe(Start.AddMinutes(110));
    }

    [Fact]
    public async Task A_time_that_was_missed_is_made_up_for_at_the_start_by_one_run()
    {
        Store.Save("Hourly", new ScheduleStatus { Last = Start.AddMinutes(-190), Next = Start.AddMinutes(-130), LastUpdated = Start.AddMinutes(-190) });

        Run<Hourly>();
        var run = await _recorder.NextAsync();

        run.IsPastDue.ShouldBeTrue();
        (await _time.NextWaitAsync()).ShouldBe(TimeSpan.FromMinutes(50));
        _recorder.Runs.TryRead(out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_first_start_that_no_time_was_due_after_misses_nothing_but_the_next_start_knows_what_was_due()
    {
        Run<Hourly>();
        await _time.NextWaitAsync();
        await StopAsync();
        _time.Advance(TimeSpan.FromHours(1));

        Run<Hourly>();

        (await _recorder.NextAsync()).IsPastDue.ShouldBeTrue();
    }

    [Fact]
    public async Task A_schedule_that_was_changed_begins_anew()
    {
        Store.Save("Hourly", new ScheduleStatus { Last = Start.AddDays(-2), Next = Start.AddDays(-1), LastUpdated = Start.AddDays(-2) });

        Run<Hourly>();

        (await _time.NextWaitAsync()).ShouldBe(TimeSpan.FromMinutes(50));
        _recorder.Runs.TryRead(out _).ShouldBeFalse();
        Store.Find("Hourly")!.Next.ShouldBe(Start.AddMinutes(50));
    }

    [Fact]
    public async Task A_run_that_fails_is_logged_and_the_schedule_goes_on()
    {
        Run<Failing>();
        await _time.NextWaitAsync();
        _time.Advance(TimeSpan.FromMinutes(50));
        await _recorder.NextAsync();
        await _time.NextWaitAsync();
        _time.Advance(TimeSpan.FromHours(1));
        await _recorder.NextAsync();
        await _time.NextWaitAsync();

        var lines = _log.Lines.Where(line => line.Level == LogLevel.Error).ToList();
        lines.Count.ShouldBe(2);
        lines.ShouldAllBe(line => line.Message.Contains("'Failing'") && line.Exception is InvalidDataException);
    }

    [Fact]
    public async Task A_run_that_takes_past_the_next_times_delays_them_into_one_run_and_never_meets_itself()
    {
        Run<Slow>();
        await _time.NextWaitAsync();
        _time.Advance(TimeSpan.FromMinutes(50));
        await _recorder.NextAsync();
        _time.Advance(TimeSpan.FromMinutes(150));
        _recorder.Runs.TryRead(out _).ShouldBeFalse();

        _recorder.Release.Release();
        await _recorder.NextAsync();
        _recorder.Release.Release();

        (await _time.NextWaitAsync()).ShouldBe(TimeSpan.FromMinutes(30));
        _recorder.Runs.TryRead(out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Stopping_cancels_a_run_and_leaves_it_due()
    {
        Run<Slow>();
        await _time.NextWaitAsync();
        _time.Advance(TimeSpan.FromMinutes(50));
        await _recorder.NextAsync();

        await StopAsync();
        _time.Advance(TimeSpan.FromMinutes(1));
        Run<Slow>();

        (await _recorder.NextAsync()).IsPastDue.ShouldBeTrue();
        _log.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_wait_longer_than_a_timer_can_last_is_cut_up()
    {
        Run<Yearly>();

        (await _time.NextWaitAsync()).ShouldBe(TimeSpan.FromDays(24));
        _time.Advance(TimeSpan.FromDays(24));
        (await _time.NextWaitAsync()).ShouldBe(TimeSpan.FromDays(24));
        _recorder.Runs.TryRead(out _).ShouldBeFalse();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stopping.Dispose();
        await _services.DisposeAsync();
        _folder.Dispose();
    }

    private void Run<TFunctions>()
    {
        var function = new FunctionCatalog(
            Options.Create(new LocalHostOptions { FunctionTypes = [typeof(TFunctions)] }), new ConfigurationBuilder().Build()).Timers.Single();
        var runner = new TimerRunner(function, Store, _services.GetRequiredService<IServiceScopeFactory>(), _time, _log.CreateLogger("timers"));
        _run = runner.RunAsync(_stopping.Token);
    }

    private async Task StopAsync()
    {
        await _stopping.CancelAsync();
        _stopping.Dispose();
        _stopping = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(() => _run);
    }

    internal sealed class Recorder
    {
        private readonly Channel<TimerInfo> _runs = Channel.CreateUnbounded<TimerInfo>();

        public ChannelReader<TimerInfo> Runs => _runs.Reader;

        public SemaphoreSlim Release { get; } = new(0);

        public void Add(TimerInfo timer) => _runs.Writer.TryWrite(timer).ShouldBeTrue();

        public Task<TimerInfo> NextAsync() => Runs.NextAsync("the timer function to run");
    }

    internal sealed class Hourly(Recorder recorder)
    {
        [Function("Hourly")]
        public void Run([TimerTrigger("0 0 * * * *")] TimerInfo timer) => recorder.Add(timer);
    }

    internal sealed class Yearly(Recorder recorder)
    {
        [Function("Yearly")]
        public void Run([TimerTrigger("0 0 0 1 1 *")] TimerInfo timer) => recorder.Add(timer);
    }

    internal sealed class Failing(Recorder recorder)
    {
        [Function("Failing")]
        public async Task RunAsync([TimerTrigger("0 0 * * * *")] TimerInfo timer)
        {
            await Task.Yield();
            recorder.Add(timer);
            throw new InvalidDataException("no data");
        }
    }

    internal sealed class Slow(Recorder recorder)
    {
        [Function("Slow")]
        public async Task RunAsync([TimerTrigger("0 0 * * * *")] TimerInfo timer, CancellationToken cancellationToken)
        {
            recorder.Add(timer);
            await recorder.Release.WaitAsync(cancellationToken);
        }
    }
}
