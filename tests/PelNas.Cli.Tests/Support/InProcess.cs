using System.Text;
using PelNas.Cli.Commands;

namespace PelNas.Cli.Tests.Support;

/// <summary>Runs the program's verbs in the process of the tests, which spares them its start and the compilation of its methods.</summary>
internal static class InProcess
{
    private static readonly Redirection Output = new(Console.Out);
    private static readonly Redirection Errors = new(Console.Error);

    static InProcess()
    {
        Console.SetOut(Output);
        Console.SetError(Errors);
    }

    /// <summary>Runs a command line and returns what the process would have left. Several may run at once.</summary>
    public static async Task<Finished> RunAsync(string[] arguments)
    {
        StringWriter output = new();
        StringWriter errors = new();
        Output.To(output);
        Errors.To(errors);
        int exitCode = await CommandLine.RunAsync(PelnasCommand.Create(), arguments);
        return new Finished(exitCode, output.ToString(), errors.ToString());
    }

    /// <summary>A stream of the console that each flow of control can have for itself; the console lets one write at a time.</summary>
    private sealed class Redirection(TextWriter console) : TextWriter
    {
        private readonly AsyncLocal<TextWriter?> _own = new();

        public override Encoding Encoding => console.Encoding;

        public void To(TextWriter own) => _own.Value = own;

        public override void Write(char value) => (_own.Value ?? console).Write(value);

        public override void Write(char[] buffer, int index, int count) => (_own.Value ?? console).Write(buffer, index, count);

        public override void Write(string? value) => (_own.Value ?? console).Write(value);
    }
}
