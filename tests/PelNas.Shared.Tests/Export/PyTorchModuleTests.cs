using System.Diagnostics;

namespace PelNas.Shared.Tests.Export;

/// <summary>Runs the modules under Debian's python3-torch.</summary>
public sealed class PyTorchModuleTests : FolderTest
{
    private const string Python = "/usr/bin/python3";
    private static readonly NetworkShape Shape = new(4, 2, 14, 7);

    // For each folder named: the outputs in one line, and the parameters.
    private const string Script = """
        import importlib.util, os, sys, torch
        torch.set_num_threads(1)
        for folder in sys.argv[1:]:
            spec = importlib.util.spec_from_file_location("network", os.path.join(folder, "network.py"))
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            network = module.Network().eval()
            network.load_state_dict(module.read_safetensors(os.path.join(folder, "weights.safetensors")))
            values = torch.tensor([float(x) for x in open(os.path.join(folder, "images.txt"))])
            with torch.no_grad():
                outputs = network(values.reshape(-1, module.IMAGE_CHANNELS, module.IMAGE_SIZE, module.IMAGE_SIZE))
            print(sum(p.numel() for p in network.parameters()), *outputs.flatten().tolist())
        """;

    [Fact]
    public void PyTorch_computes_with_the_same_weights_what_ONNX_Runtime_computes()
    {
        if (!Runs("-c", "import torch").IsRunning)
        {
            Assert.Skip("Needs PyTorch for /usr/bin/python3: apt-get install python3-torch.");
        }

        ExportedCell[] cells = [.. ExportedSamples.Cells(20).Select(index => new ExportedCell(index, Shape))];
        float[] images = ExportedSamples.Images(Shape, 1);
        string[] folders = [.. cells.Select(cell => WriteFolder(cell, images))];
        string script = Folder.File("run.py");
        File.WriteAllText(script, Script);
        (bool isDone, string output) = Runs([script, .. folders]);
        isDone.ShouldBeTrue(output);
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(cells.Length);
        for (int i = 0; i < cells.Length; i++)
        {
            double[] numbers = [.. lines[i].Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
            numbers[0].ShouldBe(cells[i].Layout.Tensors.Where(tensor => tensor.IsParameter).Sum(tensor => tensor.Count));
            float[] expected = ExportedSamples.RunOnnx(cells[i], images);
            numbers[1..].Length.ShouldBe(expected.Length);
            numbers[1..].Zip(expected, (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThan(1e-4, cells[i].Architecture);
        }
    }

    private string WriteFolder(ExportedCell cell, float[] images)
    {
        string folder = Directory.CreateDirectory(Folder.File($"{cell.Index}")).FullName;
        File.WriteAllText(Path.Combine(folder, "network.py"), PyTorchModule.Write(cell));
        File.WriteAllLines(Path.Combine(folder, "images.txt"), images.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));
        using FileStream stream = File.Create(Path.Combine(folder, "weights.safetensors"));
        SafetensorsFile.Write(stream, ExportedSamples.Weights(cell), cell.Metadata);
        return folder;
    }

    private static (bool IsRunning, string Output) Runs(params string[] arguments)
    {
        if (!File.Exists(Python))
        {
            return (false, "");
        }

        using Process process =
            Process.Start(new ProcessStartInfo(Python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode == 0, process.ExitCode == 0 ? output : output + errors.Result);
    }
}
