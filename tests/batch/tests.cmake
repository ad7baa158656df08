find_package(Python3 COMPONENTS Interpreter)
set(bm_batch_dir ${CMAKE_CURRENT_SOURCE_DIR}/batch)
bm_script_test(batch ${Python3_EXECUTABLE} ${bm_batch_dir}/check-batch.py $<TARGET_FILE:banmian>)
bm_script_test(batch-2000 ${Python3_EXECUTABLE} ${bm_batch_dir}/check-batch.py $<TARGET_FILE:banmian> 2000 20)
# A page's process that crashes or finds no memory is to end as it does without the sanitizers.
set_tests_properties(batch batch-2000 PROPERTIES
    ENVIRONMENT "ASAN_OPTIONS=handle_segv=0:allocator_may_return_null=1;${bm_lsan}")
set_tests_properties(batch-2000 PROPERTIES LABELS slow TIMEOUT 1800)
bm_script_test(batch-kubernetes ${Python3_EXECUTABLE} ${bm_batch_dir}/check-kubernetes.py ${PROJECT_SOURCE_DIR} $<TARGET_FILE:banmian>)
foreach(engine parallel slurm)
    bm_script_test(batch-${engine} sh ${bm_batch_dir}/check-${engine}.sh ${PROJECT_SOURCE_DIR} $<TARGET_FILE:banmian>)
    set_tests_properties(batch-${engine} PROPERTIES LABELS slow)
endforeach()
