using BenchmarkDotNet.Running;
using PelNas.Bench;

if (args is ["proxies" or "proxies-in-a-row"])
{
    ProxyCost.Run(args[0]);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(ParetoBenchmarks).Assembly).Run(args);
