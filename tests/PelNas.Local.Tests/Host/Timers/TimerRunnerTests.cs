using System.Threading.Channels;
using Microsoft.Extensions.Configuration;
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
    private readonly LogLines _log = new();
    private readonly Recorder _recorder = new();
    private readonly ServiceProvider _services;
    private CancellationTokenSource _stopping = new();
    private Task _run = Task.CompletedTask;

    public TimerRunnerTests() => _services = new ServiceCollection()
        .AddSingleton(_recorder).AddSingleton(new FunctionPipeline([])).BuildServiceProvider(validateScopes: true);

    private TimerStateStore Store => new(_folder.File("timers.json"));

    [Fact]
    public async Task A_function_runs_at_the_times_of_its_schedule_and_each_run_is_recorded()
    {
        Run(nameof(Functions.Hourly));

        (await _time.NextWaitAsync()).ShouldBe(TimeSpan.FromMinutes(50));
        _time.Advance(TimeSpan.FromMinutes(49));
        _recorder.HasRun.ShouldBeFalse();
        _time.Advance(TimeSpan.FromMinutes(1));
        TimerInfo first = await _recorder.NextAsync();
        (await _time.NextWaitAsync()).ShouldBe(TimeSpan.FromHours(1));
        ScheduleStatus recorded = Store.Find(nameof(Functions.Hourly)).ShouldNotBeNull();
        _time.Advance(TimeSpan.FromHours(1));
        TimerInfo second = await _recorder.NextAsync();

        first.IsPastDue.ShouldBeFalse();
        (first.ScheduleStatus!.Last, first.ScheduleStatus.Next).ShouldBe((default, Start.AddMinutes(50)));
        (recorded.Last, recorded.Next).ShouldBe((Start.AddMinutes(50), Start.AddMinutes(110)));
        (second.ScheduleStatus!.Last, second.ScheduleStatus.Next).ShouldBe((Start.AddMinutes(50), Start.AddMinutes(110)));
    }

    [Fact]
    public async Task A_time_that_was_missed_is_made_up_for_at_the_start_by_one_run()
    {
        Save(last: Start.AddMinutes(-190), next: Start.AddMinutes(-130));

        Run(nameof(Functions.Hourly));

        (await _recorder.NextAsync()).IsPastDue.ShouldBeTrue();
        (await _time.NextWaitAsync()).ShouldBe(TimeSpan.FromMinutes(50));
        _recorder.HasRun.ShouldBeFalse();
    }

    [Fact]
    public async Task A_first_start_that_no_time_was_due_after_misses_nothing_but_the_next_start_knows_what_was_due()
    {
        Run(nameof(Functions.Hourly));
        await _time.NextWaitAsync();
        await StopAsync();
        _time.Advance(TimeSpan.FromHours(1));

        Run(nameof(Functions.Hourly));

        (await _recorder.NextAsync()).IsPastDue.ShouldBeTrue();
    }

    [Fact]
    public async Task A_schedule_that_was_changed_begins_anew()
    {
        Save(last: Start.AddDays(-2), next: Start.AddDays(-1));

        Run(nameof(Functions.Hourly));

        (await _time.NextWaitAsync()).ShouldBe(TimeSpan.FromMinutes(50));
        _recorder.HasRun.ShouldBeFalse();
        Store.Find(nameof(Functions.Hourly))!.Next.ShouldBe(Start.AddMinutes(50));
    }

    [Fact]
    public async Task A_run_that_fails_is_logged_and_the_schedule_goes_on()
    {
        await RunFirstAsync(nameof(Functions.Failing));
        await _time.NextWaitAsync();
        _time.Advance(TimeSpan.FromHours(1));
        await _recorder.NextAsync();
        await _time.NextWaitAsync();

        LogLine[] lines = [.. _log.Lines.Where(line => line.Level == LogLevel.Error)];
        lines.Length.ShouldBe(2);
        lines.ShouldAllBe(line => line.Message.Contains("'Failing'") && line.Exception is InvalidDataException);
    }

    [Fact]
    public async Task A_run_that_takes_past_the_next_times_delays_them_into_one_run_and_never_meets_itself()
    {
        await RunFirstAsync(nameof(Functions.Slow));
        _time.Advance(TimeSpan.FromMinutes(150));
        _recorder.HasRun.ShouldBeFalse();

        _recorder.Release.Release();
        await _recorder.NextAsync();
        _recorder.Release.Release();

        (await _time.NextWaitAsync()).ShouldBe(TimeSpan.FromMinutes(30));
        _recorder.HasRun.ShouldBeFalse();
    }

    [Fact]
    public async Task Stopping_cancels_a_run_and_leaves_it_due()
    {
        await RunFirstAsync(nameof(Functions.Slow));

        await StopAsync();
        _time.Advance(TimeSpan.FromMinutes(1));
        Run(nameof(Functions.Slow));

        (await _recorder.NextAsync()).IsPastDue.ShouldBeTrue();
        _log.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_wait_longer_than_a_timer_can_last_is_cut_up()
    {
        Run(nameof(Functions.Yearly));

        (await _time.NextWaitAsync()).ShouldBe(TimeSpan.FromDays(24));
        _time.Advance(TimeSpan.FromDays(24));
        (await _time.NextWaitAsync()).ShouldBe(TimeSpan.FromDays(24));
        _recorder.HasRun.ShouldBeFalse();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stopping.Dispose();
        await _services.DisposeAsync();
        _folder.Dispose();
    }

    private void Save(DateTime last, DateTime next) =>
        Store.Save(nameof(Functions.Hourly), new ScheduleStatus { Last = last, Next = next, LastUpdated = last });

    private void Run(string function)
    {
        FunctionCatalog catalog = new(
            Options.Create(new LocalHostOptions { FunctionTypes = [typeof(Functions)] }), new ConfigurationBuilder().Build());
        TimerRunner runner = new(
            catalog.Timers.Single(timer => timer.Name == function),
            Store,
            _services.GetRequiredService<IServiceScopeFactory>(),
            _time,
            _log.CreateLogger("timers"));
        _run = runner.RunAsync(_stopping.Token);
    }

    /// <summary>Lets time pass until a function of the full hour has begun its first run.</summary>
    private async Task RunFirstAsync(string function)
    {
        Run(function);
        await _time.NextWaitAsync();
        _time.Advance(TimeSpan.FromMinutes(50));
        await _recorder.NextAsync();
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

        /// <summary>Whether there is a run that no test has taken yet.</summary>
        public bool HasRun => _runs.Reader.TryPeek(out _);

        public SemaphoreSlim Release { get; } = new(0);

        public void Add(TimerInfo timer) => _runs.Writer.TryWrite(timer).ShouldBeTrue();

        public Task<TimerInfo> NextAsync() => _runs.Reader.NextAsync("the timer function to run");
    }

    internal sealed class Functions(Recorder recorder)
    {
        [Function(nameof(Hourly))]
        public void Hourly([TimerTrigger("0 0 * * * *")] TimerInfo timer) => recorder.Add(timer);

        [Function(nameof(Yearly))]
        public void Yearly([TimerTrigger("0 0 0 1 1 *")] TimerInfo timer) => recorder.Add(timer);

        [Function(nameof(Failing))]
        public async Task Failing([TimerTrigger("0 0 * * * *")] TimerInfo timer)
        {
            await Task.Yield();
            recorder.Add(timer);
            throw new InvalidDataException("no data");
        }

        [Function(nameof(Slow))]
        public async Task Slow([TimerTrigger("0 0 * * * *")] TimerInfo timer, CancellationToken cancellationToken)
        {
            recorder.Add(timer);
            await recorder.Release.WaitAsync(cancellationToken);
        }
    }
}
