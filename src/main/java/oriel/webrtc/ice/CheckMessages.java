package oriel.webrtc.ice;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import oriel.base.Secret;

/** Writes the messages of checks and proves those that come, under both sides' credentials. */
final class CheckMessages {
    private static final int BAD_REQUEST = 400;
    private static final int UNKNOWN_ATTRIBUTE = 420;
    static final int ROLE_CONFLICT = 487;

    private final IceCredentials local;
    private final byte[] localUfrag;
    private final StunIntegrity localIntegrity;
    private @Nullable StunIntegrity remoteIntegrity;
    private String username = "";

    CheckMessages(IceCredentials local) {
        this.local = local;
        this.localUfrag = local.ufrag().getBytes(StandardCharsets.US_ASCII);
        this.localIntegrity = new StunIntegrity(local.password());
    }

    void remote(IceCredentials remote) {
        Secret password = remote.password();
        remoteIntegrity = new StunIntegrity(password);
        username = remote.ufrag() + ":" + local.ufrag();
    }

    /** Why a request is not from somebody who knows our password; nothing if it is. */
    Optional<IceDrop> flawOf(StunMessage request) {
        if (!request.isForUfrag(localUfrag)) {
            return Optional.of(IceDrop.USERNAME);
        }
        if (!request.hasIntegrity()) {
            return Optional.of(IceDrop.NO_INTEGRITY);
        }
        return localIntegrity.verifies(request) ? Optional.empty() : Optional.of(IceDrop.BAD_INTEGRITY);
    }

    /** Why an answer is not from our peer; nothing if it is. */
    Optional<IceDrop> flawOfAnswer(StunMessage answer) {
        if (!answer.hasIntegrity()) {
            return Optional.of(IceDrop.NO_INTEGRITY);
        }
        return remoteKnown().verifies(answer) ? Optional.empty() : Optional.of(IceDrop.BAD_INTEGRITY);
    }

    byte[] request(TransactionId transaction, IcePath path, IceRole role, long tieBreaker, boolean nominating) {
        int preference = CandidatePriority.localPreference(0, path.ipv6());
        StunBuilder request = new StunBuilder(StunClass.REQUEST, transaction)
                .username(username)
                .priority(CandidatePriority.of(CandidateType.PEER_REFLEXIVE, path.transport(), preference))
                .role(role, tieBreaker);
        return (nominating ? request.useCandidate() : request).build(remoteKnown());
    }

    byte[] success(StunMessage request, IcePath path) {
        return answer(StunClass.SUCCESS, request)
                .xorMappedAddress(path.remote())
                .build(localIntegrity);
    }

    byte[] roleConflict(StunMessage request) {
        return answer(StunClass.ERROR, request)
                .errorCode(ROLE_CONFLICT, "Role Conflict")
                .build(localIntegrity);
    }

    byte[] badRequest(StunMessage request) {
        return answer(StunClass.ERROR, request)
                .errorCode(BAD_REQUEST, "Bad Request")
                .build(localIntegrity);
    }

    byte[] unknownAttributes(StunMessage request, int[] unknown) {
        return answer(StunClass.ERROR, request)
                .errorCode(UNKNOWN_ATTRIBUTE, "Unknown Attribute")
                .unknownAttributes(unknown)
                .build(localIntegrity);
    }

    private static StunBuilder answer(StunClass messageClass, StunMessage request) {
        return new StunBuilder(messageClass, request.transaction());
    }

    private StunIntegrity remoteKnown() {
        if (remoteIntegrity == null) {
            throw new IllegalStateException("the peer's password is not known yet");
        }
        return remoteIntegrity;
    }
}
