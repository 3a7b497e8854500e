// The yardstick of the lane: the least that bursts of SRTP packets for many viewers cost in C. AES-128-GCM by OpenSSL's
// EVP, trains by UDP_SEGMENT, eight trains a sendmmsg. Each line on standard input is a number of rounds; each answer is
// the process' CPU nanoseconds and the packets sent. Build: cc -O3 -march=native lane.c -lcrypto
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <openssl/evp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103
#endif

enum { HEADER = 12, TAG = 16, TRAINS = 8, MAX_BURST = 48, MAX_PACKET = 1500 };

typedef struct {
  EVP_CIPHER_CTX *cipher;
  struct sockaddr_in to;
  uint64_t index;
} viewer;

static unsigned char out[TRAINS][MAX_BURST * MAX_PACKET];
static struct mmsghdr messages[TRAINS];
static struct iovec vectors[TRAINS];
static char controls[TRAINS][CMSG_SPACE(sizeof(uint16_t))];

static int protect(viewer *v, const unsigned char *payload, int length, unsigned char *packet) {
  unsigned char iv[12] = {0};
  int count, last;
  uint64_t index = v->index++;
  packet[0] = 0x80;
  packet[1] = 96;
  packet[2] = (unsigned char)(index >> 8);
  packet[3] = (unsigned char)index;
  memset(packet + 4, 1, 8);
  for (int i = 0; i < 6; i++) iv[6 + i] = (unsigned char)(index >> (40 - 8 * i));
  if (!EVP_EncryptInit_ex(v->cipher, NULL, NULL, NULL, iv) ||
      !EVP_EncryptUpdate(v->cipher, NULL, &count, packet, HEADER) ||
      !EVP_EncryptUpdate(v->cipher, packet + HEADER, &count, payload, length) ||
      !EVP_EncryptFinal_ex(v->cipher, packet + HEADER + count, &last) ||
      !EVP_CIPHER_CTX_ctrl(v->cipher, EVP_CTRL_AEAD_GET_TAG, TAG, packet + HEADER + length)) {
    exit(3);
  }
  return HEADER + length + TAG;
}

static void train(int i, viewer *v, int bytes, int segment) {
  vectors[i] = (struct iovec){out[i], (size_t)bytes};
  struct msghdr *h = &messages[i].msg_hdr;
  *h = (struct msghdr){.msg_name = &v->to, .msg_namelen = sizeof v->to, .msg_iov = &vectors[i], .msg_iovlen = 1};
  h->msg_control = controls[i];
  h->msg_controllen = sizeof controls[i];
  struct cmsghdr *c = CMSG_FIRSTHDR(h);
  c->cmsg_level = SOL_UDP;
  c->cmsg_type = UDP_SEGMENT;
  c->cmsg_len = CMSG_LEN(sizeof(uint16_t));
  *(uint16_t *)CMSG_DATA(c) = (uint16_t)segment;
}

static void flush(int socket, int trains) {
  for (int sent = 0; sent < trains;) {
    int n = sendmmsg(socket, messages + sent, (unsigned)(trains - sent), 0);
    if (n < 0) {
      perror("sendmmsg");
      exit(4);
    }
    sent += n;
  }
}

// Words: address, viewers, packets of a burst, bytes of a packet before protection, ports.
int main(int argc, char **argv) {
  if (argc < 6) return 2;
  int count = atoi(argv[2]), burst = atoi(argv[3]), bytes = atoi(argv[4]);
  if (burst > MAX_BURST || bytes + TAG > MAX_PACKET) return 2;
  viewer *viewers = calloc((size_t)count, sizeof *viewers);
  unsigned char (*source)[MAX_PACKET] = calloc(MAX_BURST, MAX_PACKET);
  for (int i = 0; i < count; i++) {
    unsigned char key[16] = {(unsigned char)i, (unsigned char)(i >> 8)};
    viewers[i].cipher = EVP_CIPHER_CTX_new();
    if (!EVP_EncryptInit_ex(viewers[i].cipher, EVP_aes_128_gcm(), NULL, key, NULL)) return 3;
    viewers[i].to.sin_family = AF_INET;
    viewers[i].to.sin_port = htons((uint16_t)atoi(argv[5 + i % (argc - 5)]));
    if (!inet_aton(argv[1], &viewers[i].to.sin_addr)) return 2;
  }
  int udp = socket(AF_INET, SOCK_DGRAM, 0), room = 4 << 20;
  setsockopt(udp, SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
  puts("ready");
  fflush(stdout);
  for (int rounds; scanf("%d", &rounds) == 1;) {
    struct timespec begin, end;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &begin);
    for (int r = 0; r < rounds; r++) {
      int trains = 0;
      for (int i = 0; i < count; i++) {
        int length = 0, segment = 0;
        for (int p = 0; p < burst; p++) {
          segment = protect(&viewers[i], source[p] + HEADER, bytes - HEADER, out[trains] + length);
          length += segment;
        }
        train(trains++, &viewers[i], length, segment);
        if (trains == TRAINS || i == count - 1) {
          flush(udp, trains);
          trains = 0;
        }
      }
    }
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
    long long nanos = (end.tv_sec - begin.tv_sec) * 1000000000LL + (end.tv_nsec - begin.tv_nsec);
    printf("%lld %lld\n", nanos, (long long)rounds * count * burst);
    fflush(stdout);
  }
  return 0;
}
