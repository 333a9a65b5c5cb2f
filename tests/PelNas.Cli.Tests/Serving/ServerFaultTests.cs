using System.Net.Sockets;

namespace PelNas.Cli.Tests.Serving;

/// <summary>Files and disks that the app cannot use: one line that says what to do, exit code 1, nothing lost.</summary>
public sealed class ServerFaultTests : PelnasTest
{
    [Fact]
    public async Task A_second_server_on_the_same_data_is_refused_with_the_process_id_of_the_first()
    {
        await using Server first = Pelnas.Serve();
        await first.ListenAsync();
        await using Server second = Pelnas.Serve();

        Finished refused = await second.EndAsync();

        refused.ExitCode.ShouldBe(1);
        refused.Output.ShouldBeEmpty();
        refused.Errors.ShouldBe(
            $"pelnas: The history file '{Path.Combine(Pelnas.Data, "serve.db")}' is in use by process {first.ProcessId}. "
            + "Only one process at a time can run orchestrations on it: stop that one, or set another history file.\n");
        (await first.GetAsync("searches"))["searches"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_port_that_is_in_use_is_named_with_the_option()
    {
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        int port = ((IPEndPoint)other.LocalEndpoint).Port;

        Finished finished = await Pelnas.RunProcessAsync("serve", "--port", $"{port}", "--data", Pelnas.Data);

        finished.ExitCode.ShouldBe(2);
        finished.Errors.ShouldContain($"pelnas: --port: {port} is in use; give another, or 0 for a free one.");
    }

    [Fact]
    public async Task An_address_that_this_machine_does_not_have_is_named_with_the_option()
    {
        // Of the addresses that documents use and no machine has (RFC 5737).
        Finished finished =
            await Pelnas.RunProcessAsync("serve", "--address", "192.0.2.1", "--port", "0", "--data", Pelnas.Data);

        finished.ShouldFail(2, "pelnas: --address and --port: 192.0.2.1, port 0, cannot be listened on (");
        finished.Errors.ShouldNotContain(nameof(SocketException));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_stops_the_start()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has a folder that not even root may write to.");

        Finished finished = await Pelnas.RunProcessAsync("serve", "--port", "0", "--data", "/proc/pelnas");

        finished.ExitCode.ShouldBe(1);
        finished.Output.ShouldBeEmpty();
        finished.Errors.ShouldStartWith("pelnas: The history file '/proc/pelnas/serve.db' cannot be used: ");
        finished.Errors.TrimEnd('\n').ShouldNotContain('\n');
    }

    [Fact]
    public async Task A_damaged_history_stops_the_start_and_is_left_alone()
    {
        string history = Path.Combine(Pelnas.Data, "serve.db");
        Directory.CreateDirectory(Pelnas.Data);
        await File.WriteAllTextAsync(history, new string('x', 9000), Cancellation);

        Finished finished = await Pelnas.RunProcessAsync("serve", "--port", "0", "--data", Pelnas.Data);

        finished.ExitCode.ShouldBe(1);
        finished.Errors.ShouldStartWith($"pelnas: The history file '{history}' is damaged or not a history file. Move it away");
        (await File.ReadAllTextAsync(history, Cancellation)).ShouldBe(new string('x', 9000));
    }

    [Fact]
    public async Task A_disk_that_fills_up_ends_the_server_with_an_error_and_the_next_start_goes_on()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The limit on file sizes is set by bash.");
        await using (Server server = Pelnas.ServeOnFullDisk(mostKilobytes: 200))
        {
            await server.ListenAsync();
            await server.PostAsync(
                "sweeps", new JsonObject { ["contexts"] = new JsonArray("cifar10:fpga"), ["maxLabels"] = 12, ["generations"] = 1 });

            Finished ended = await server.EndAsync();

            ended.ExitCode.ShouldBe(1, ended.Errors);
            ended.Errors.TrimEnd('\n').Split('\n')[^1]
                .ShouldStartWith($"pelnas: The history file '{Path.Combine(Pelnas.Data, "serve.db")}' cannot be ");
        }

        await using Server again = Pelnas.Serve();
        await again.ListenAsync();
        await again.UntilLoggedAsync("ended: 1 searches, 0 of them failed");
    }
}
