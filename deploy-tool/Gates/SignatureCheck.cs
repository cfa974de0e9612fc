using System.Text;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Oci.Signatures;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Gates;

/// <summary>Evaluates an environment's signature gate. Its keys are those of the commit that is planned on, never of the work tree.</summary>
internal sealed class SignatureCheck(SignatureVerifier? verifier)
{
    /// <summary>The gate's outcome; null when the environment has no such gate, or the registry is not asked at all.</summary>
    /// <exception cref="DeployException">The key cannot be used, or the registry gave no usable answer.</exception>
    public async Task<GateOutcome?> EvaluateAsync(SignatureGate? gate, ImageReference image, DesiredState state, CancellationToken cancellation)
    {
        if (gate is null || verifier is null)
        {
            return null;
        }

        var proof = await verifier.VerifyAsync(image, await KeysAsync(gate, state, cancellation), cancellation);
        return proof.Problem is { } problem
            ? new GateOutcome(GateEvaluator.Signature, GateState.Failed, $"{problem.Rule}: {problem.Message}", problem.Remedy)
            : new GateOutcome(GateEvaluator.Signature, GateState.Passed, $"signed with {proof.SignedBy}");
    }

    private static async Task<IReadOnlyList<TrustedKey>> KeysAsync(SignatureGate gate, DesiredState state, CancellationToken cancellation)
    {
        if (gate.IsInline)
        {
            return TrustedKey.ReadAll(gate.PublicKey, PolicyFile.FileName);
        }

        var path = $"{DesiredState.SitesFolder}/{gate.PublicKey}";
        var pem = await state.Tree.ReadFileAsync(path, cancellation)
            ?? throw DeployException.BadInput($"{path} is not in commit {state.Tree.Commit[..12]}", "commit the public key there, or correct the policy's publicKey");
        return TrustedKey.ReadAll(Encoding.UTF8.GetString(pem), path);
    }
}
