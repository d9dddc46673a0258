{{ crm_warehouse.accepted('crm', 'campaigns') }}
